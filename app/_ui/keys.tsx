/** Keys that are pressed together, as they look on the keyboard. */
export function Keys({ names }: { names: readonly string[] }) {
  return (
    <kbd className="inline-flex shrink-0 items-center gap-1 font-sans text-xs text-ink-soft">
      {names.map((name) => (
        <kbd
          key={name}
          className="min-w-6 rounded-sm border border-line bg-sunken px-1.5 py-0.5 text-center font-sans"
        >
          {name}
        </kbd>
      ))}
    </kbd>
  );
}
