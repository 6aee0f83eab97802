/** What a person could not see or reach in a document, whatever it shows. Each runs in the document itself. */

/**
 * Cut on purpose, each with a way to the rest: what only screen readers say, ellipses, tabs that scroll, a band to grab;
 * and the numbers of an editor out of sight, whose lines CodeMirror measures once it is in sight.
 */
export const CUT_BY_DESIGN = '.spoken, .cut, .notice, .logs, .logs > [role=tablist], .splitter, .cm-gutter';

/** What is wider than its box, and so cut or scrolled sideways; and what is higher than a box that does not scroll. */
export const sticksOut = (byDesign: string): readonly string[] => {
  const found: string[] = [];
  const look = (root: Document | ShadowRoot) => {
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.shadowRoot) look(element.shadowRoot);
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      // An inline box has no size of its own, and an SVG has no text of its own.
      if (clientWidth === 0 || element.matches(byDesign) || !element.checkVisibility()) continue;
      const isHigh = scrollHeight > clientHeight + 1 && getComputedStyle(element).overflowY === 'hidden';
      if (scrollWidth > clientWidth || isHigh)
        found.push(
          `${element.localName}.${element.className} (${element.textContent?.slice(0, 40)}): ` +
            `${scrollWidth} x ${scrollHeight} in ${clientWidth} x ${clientHeight}`,
        );
    }
  };
  look(document);
  return found;
};

/**
 * With forced colours: texts that do not stand out from what is below them. The browser lays a ground of its own under
 * each text, unless the element chose its colours itself (`forced-color-adjust`).
 */
export const unseen = (): readonly string[] => {
  /** Below WCAG's 4.5: what the system pairs is not ours (of a selection in Firefox without a desktop, 2.97). */
  const LEAST = 2.5;
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const rgba = (color: string): readonly number[] => {
    context?.clearRect(0, 0, 1, 1);
    if (context) context.fillStyle = color;
    context?.fillRect(0, 0, 1, 1);
    return [...(context?.getImageData(0, 0, 1, 1).data ?? [])];
  };
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = rgba(color).map((octet) => {
      const share = octet / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one: string, other: string) => {
    const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  // The name of a system colour means another in a canvas.
  const canvas = getComputedStyle(document.body).backgroundColor;
  const groundOf = (element: Element | null): string => {
    if (!element) return canvas;
    const { backgroundColor, forcedColorAdjust } = getComputedStyle(element) as CSSStyleDeclaration & {
      readonly forcedColorAdjust: string;
    };
    if (forcedColorAdjust !== 'none') return canvas;
    return (rgba(backgroundColor)[3] ?? 0) > 0 ? backgroundColor : groundOf(element.parentElement);
  };
  return [...document.querySelectorAll<HTMLElement>('body *')]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()))
    .filter((element) => element.checkVisibility() && !element.matches(':disabled, .spoken, .spoken *'))
    .filter((element) => contrast(getComputedStyle(element).color, groundOf(element)) < LEAST)
    .map((element) => `${element.localName}.${element.className}: ${element.textContent?.slice(0, 40)}`);
};
