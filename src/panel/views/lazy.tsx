import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

let styled: Promise<void> | undefined;

/** The styles of all that is not there from the start; once. Without them a view is ugly, and works. */
const loadStyles = (): Promise<void> => {
  styled ??= new Promise((resolve) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = 'later.css';
    link.onload = link.onerror = () => resolve();
    document.head.append(link);
  });
  return styled;
};

/** A view whose code is a chunk of its own, loaded when it is first shown; nothing is drawn until it is there. */
export const lazy = <Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> => {
  let loaded: ComponentType<Props> | undefined;
  return (props) => {
    const [View, setView] = useState(() => loaded);
    useEffect(() => {
      if (View) return;
      void Promise.all([load(), loadStyles()]).then(([view]) => {
        loaded = view;
        setView(() => view);
      });
    }, [View]);
    return View ? <View {...props} /> : null;
  };
};
