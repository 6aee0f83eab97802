/** What a login needs of a page; each verb waits until the selector's element is there. */
export interface LoginPage {
  waitFor(selector: string): Promise<unknown>;
  type(selector: string, text: string): Promise<unknown>;
  click(selector: string): Promise<unknown>;
}

/** Signs in from the app's page, as a person would: the provider's sign-in form, its consent, and back. */
export const login = async (page: LoginPage, user = 'alice'): Promise<void> => {
  await page.waitFor('body[data-state=signed-out]');
  await page.click('#login');
  await page.waitFor('input[name=login]');
  await page.type('input[name=login]', user);
  await page.type('input[name=password]', 'any password');
  await page.click('button[type=submit]');
  await page.waitFor('input[name=prompt][value=consent]');
  await page.click('button[type=submit]');
  await page.waitFor('body[data-state=signed-in]');
};
