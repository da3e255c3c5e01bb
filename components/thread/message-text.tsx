const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/u;

/** A text with its web addresses as links; everything else as it was written. */
export function MessageText({ text }: { text: string }) {
  const parts = text.split(LINK);
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 1 ? (
          // The parts of a text never move, so their place is what they are.
          // oxlint-disable-next-line react/no-array-index-key
          <a key={index} href={part} target="_blank" rel="noreferrer noopener">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </>
  );
}
