import { panelSource } from '../browser/dom/panel-source.ts';
import { mount } from '../panel/mount.tsx';

mount({ source: await panelSource(), container: document.body });
