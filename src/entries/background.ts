import { start } from '../background/start.ts';
import { edges } from '../browser/edges.ts';

start(edges);
