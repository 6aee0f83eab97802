import { useEffect, useState } from 'preact/hooks';

/** ms that a text stands before it is read aloud: longer than from one keystroke to the next. */
const STANDS = 1000;

/** Reads aloud what is also shown, once it stands still: what follows each keystroke would speak without end. */
export const Spoken = ({ text }: { text: string }) => {
  const [spoken, speak] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => speak(text), STANDS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p class="spoken" aria-live="polite">
      {spoken}
    </p>
  );
};
