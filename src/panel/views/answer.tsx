export type Tone = 'good' | 'warn' | 'bad' | 'dim';

/** How an answer is marked: a shape that says the same without its colour, and the colour. */
export type Mark = readonly [sign: string, tone: Tone];

/** One of the four answers: its name, marked, and what there is to say. */
export const Answer = ({
  name,
  mark: [sign, tone],
  children,
}: {
  name: string;
  mark: Mark;
  children: preact.ComponentChildren;
}) => (
  <li>
    <strong class={tone}>
      <span aria-hidden="true">{sign} </span>
      {name}
    </strong>
    <small>{children}</small>
  </li>
);
