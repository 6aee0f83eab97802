import { parseChallenges } from '../../core/judge/challenge.ts';
import { usePanel } from './panel-context.ts';
import { VisibleText } from './visible-text.tsx';

/** Characters of a header that are drawn. */
const MAX_SHOWN = 2000;
const cut = (text: string) => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);

/** What the server said in `WWW-Authenticate`: each challenge as it is read, and the header as it was sent. */
export const ExchangeWords = ({ sent }: { sent: readonly string[] }) => {
  const { source } = usePanel();
  return (
    <>
      <h2>{source.text('exchange_words')}</h2>
      {parseChallenges(sent).map(({ scheme, token68, parameters, problem }, index) => (
        <div key={index} class="challenge">
          <b>
            <VisibleText text={scheme || '–'} />
          </b>
          {problem && <span class="warn"> ⚠ {source.text(`challenge_problem_${problem.code}`)}</span>}
          <dl class="facts">
            {[...(token68 === undefined ? [] : [['', token68] as const]), ...parameters].map(([name, value]) => (
              <div key={name}>
                <dt>
                  <VisibleText text={cut(name)} />
                </dt>
                <dd>
                  <VisibleText text={cut(value)} />
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
      <details class="as-sent">
        <summary>{source.text('exchange_as_sent')}</summary>
        {sent.map((value, index) => (
          <code key={index} class="text">
            <VisibleText text={cut(value)} />
          </code>
        ))}
      </details>
    </>
  );
};
