interface MarkdownNode {
  type: string;
  value?: string;
  children?: MarkdownNode[];
}

/** `<br>`, the one tag that models write inside tables for want of Markdown, breaks the line. Other tags stay text. */
export function remarkLineBreaks() {
  return breakLines;
}

function breakLines(tree: MarkdownNode): void {
  tree.children = tree.children?.map((node) => {
    if (node.type === "html" && lineBreak.test(node.value ?? "")) return { type: "break" };
    breakLines(node);
    return node;
  });
}

const lineBreak = /^\s*<br\s*\/?>\s*$/i;
