/** A clock that stands still, so that one slice of work takes all that came, however busy the machine. */
import { afterAll, vi } from 'vitest';

const still = vi.spyOn(performance, 'now').mockReturnValue(1000);
afterAll(() => still.mockRestore());
