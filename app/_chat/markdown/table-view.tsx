"use client";

import type { Tokens } from "marked";
import { memo } from "react";
import { t } from "@/lib/i18n/translator";
import { Inline } from "./inline";

interface TableViewProps {
  table: Tokens.Table;
  dir: "auto" | undefined;
}

export function TableView({ table: { header, rows }, dir }: TableViewProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-frame" tabIndex={0} aria-label={t("markdown.table")}>
      <table dir={dir}>
        <thead>
          <tr>
            {header.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
              <th key={index} style={alignment(cell)}>
                <Inline tokens={cell.tokens} />
              </th>
            ))}
          </tr>
        </thead>
        {rows.length > 0 && (
          <tbody>
            {rows.map((cells, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a table is only ever appended to
              <Row key={index} cells={cells} isLast={index === rows.length - 1} />
            ))}
          </tbody>
        )}
      </table>
    </section>
  );
}

/** Of a table that grows only the last row changes. */
const Row = memo(
  function Row({ cells }: { cells: Tokens.TableCell[]; isLast: boolean }) {
    return (
      <tr>
        {cells.map((cell, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
          <td key={index} style={alignment(cell)} data-long={cell.text.length > longText || undefined}>
            <Inline tokens={cell.tokens} />
          </td>
        ))}
      </tr>
    );
  },
  (before, after) =>
    !before.isLast &&
    !after.isLast &&
    before.cells.length === after.cells.length &&
    before.cells.every((cell, index) => cell.text === after.cells[index]?.text),
);

/** Has a column of its own width, so that a narrow screen scrolls instead of breaking each word. */
const longText = 40;

function alignment({ align }: Tokens.TableCell) {
  return align === null ? undefined : { textAlign: align };
}
