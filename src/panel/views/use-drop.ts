import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { droppedText } from '../model/dropped.ts';

/**
 * Takes what is dropped on a box, or anywhere on the dialogue that it stands in: beside it the browser would leave the
 * panel for the file.
 */
export const useDrop = (box: RefObject<HTMLElement | null>, take: (text: string) => void): void => {
  const taking = useRef(take);
  taking.current = take;
  useLayoutEffect(() => {
    const area = box.current?.closest<HTMLElement>('dialog') ?? box.current;
    if (!area) return;
    // Text that is dragged into another field is meant for that field.
    const isOurs = ({ target, dataTransfer }: DragEvent) =>
      !(target instanceof HTMLInputElement) || dataTransfer?.types.includes('Files') === true;
    const onDragOver = (event: DragEvent) => {
      if (isOurs(event)) event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      if (!isOurs(event)) return;
      event.preventDefault();
      void droppedText(event.dataTransfer).then((text) => taking.current(text));
    };
    area.addEventListener('dragover', onDragOver);
    area.addEventListener('drop', onDrop);
    return () => {
      area.removeEventListener('dragover', onDragOver);
      area.removeEventListener('drop', onDrop);
    };
  }, [box]);
};
