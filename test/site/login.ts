/** What a login needs of a page, whoever drives it (`Surface` of the e2e driver has it): verbs that wait for their element. */
export interface LoginPage {
  click(selector: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  waitFor(condition: (selector: string) => boolean, selector: string): Promise<unknown>;
}

const CONSENT = 'form:has([value=consent]) [type=submit]';
const SIGNED_IN = 'body[data-state=signed-in]';

const isThere = (selector: string): boolean => document.querySelector(selector) !== null;

/** Signs in from the app's page, as a person would: the provider's sign-in form, its consent, and back. */
export const login = async (page: LoginPage, user = 'alice'): Promise<void> => {
  await page.click('#login');
  await page.type('input[name=login]', user);
  await page.type('input[name=password]', 'any password');
  await page.click('form:has([value=login]) [type=submit]');
  await page.click(CONSENT);
  await page.waitFor(isThere, SIGNED_IN);
};

/** The same from the page of another flow, once the provider knows the person: it asks for consent alone. */
export const loginAgain = async (page: LoginPage): Promise<void> => {
  await page.click('#login');
  await page.click(CONSENT);
  await page.waitFor(isThere, SIGNED_IN);
};
