import { workbenchSource } from '../browser/dom/workbench-source.ts';
import { mount } from '../panel/mount.tsx';

mount({ source: workbenchSource(), container: document.body });
