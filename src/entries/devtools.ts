import browser from 'webextension-polyfill';

await browser.devtools.panels.create(browser.i18n.getMessage('panel_title'), 'icons/32.png', 'panel.html');
