/** What to ask next. Folded away on a quiet alert. */
export function Questions({ questions, folded }: { questions: string[]; folded: boolean }) {
  if (!questions.length) return null;
  const list = (
    <ul>
      {questions.map((question) => (
        <li key={question}>{question}</li>
      ))}
    </ul>
  );
  if (!folded) {
    return (
      <section class="ask">
        <h4>Ask next</h4>
        {list}
      </section>
    );
  }
  return (
    <details class="ask">
      <summary>Ask next ({questions.length})</summary>
      {list}
    </details>
  );
}
