/** Names and what they are, of those that have something to say. */
export const Facts = ({ facts }: { facts: readonly (readonly [name: string, text: string])[] }) => (
  <dl class="facts">
    {facts
      .filter(([, text]) => text !== '')
      .map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
  </dl>
);
