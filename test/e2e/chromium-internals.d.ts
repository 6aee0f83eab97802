/** What chrome://extensions itself uses, and no page else. */
declare namespace chrome.developerPrivate {
  function updateExtensionConfiguration(update: {
    extensionId: string;
    hostAccess: 'ON_CLICK' | 'ON_ALL_SITES';
  }): Promise<void>;
}
