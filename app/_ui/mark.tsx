/** Two speakers, turned to each other. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <path d="M3 9.500a6 6 0 0 1 6-6h5.500v13a6 6 0 0 1-6 6H3z" fill="currentColor" />
      <path d="M29 22.500a6 6 0 0 1-6 6h-5.500v-13a6 6 0 0 1 6-6H29z" fill="currentColor" opacity="0.55" />
    </svg>
  );
}
