/**
 * Stands in for `rehype-raw` in the browser (see next.config.ts). Written HTML stays text here,
 * so the HTML parser that it brings, 45 kB, would never run.
 */
export default function keepRawHtml() {
  return () => undefined;
}
