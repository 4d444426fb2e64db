"use client";

import {
  defaultRehypePlugins,
  defaultRemarkPlugins,
  type ExtraProps,
  Streamdown,
  type StreamdownProps,
} from "streamdown";
import { t } from "@/lib/i18n/translator";
import { CodeBlock } from "./code-block";
import { remarkLineBreaks } from "./remark-line-breaks";
import { RemoteImage } from "./remote-image";
import "./markdown.css";

interface MarkdownProps {
  text: string;
  isGrowing: boolean;
}

/** Blocks that did not change are not parsed again: a long answer costs what its last block costs. */
export function Markdown({ text, isGrowing }: MarkdownProps) {
  return (
    <Streamdown
      className="markdown"
      components={components}
      remarkPlugins={remarkPlugins}
      rehypePlugins={rehypePlugins}
      parseIncompleteMarkdown={isGrowing}
      isAnimating={isGrowing}
      controls={false}
      linkSafety={linkSafety}
    >
      {text}
    </Streamdown>
  );
}

const linkSafety = { enabled: false };

const remarkPlugins = [...Object.values(defaultRemarkPlugins), remarkLineBreaks];

/** Without the step that turns written HTML into elements: it stays text that can be read. */
const rehypePlugins = Object.entries(defaultRehypePlugins).flatMap(([name, plugin]) =>
  name === "raw" ? [] : [plugin],
);

/** Plain elements, drawn by markdown.css; each block of text finds its own direction. */
const components: StreamdownProps["components"] = {
  p: (props) => <p {...attributes(props)} dir="auto" />,
  h1: (props) => <h3 {...attributes(props)} dir="auto" data-level="1" />,
  h2: (props) => <h3 {...attributes(props)} dir="auto" data-level="2" />,
  h3: (props) => <h4 {...attributes(props)} dir="auto" data-level="3" />,
  h4: (props) => <h5 {...attributes(props)} dir="auto" data-level="4" />,
  h5: (props) => <h6 {...attributes(props)} dir="auto" data-level="4" />,
  h6: (props) => <h6 {...attributes(props)} dir="auto" data-level="4" />,
  ul: (props) => <ul {...attributes(props)} dir="auto" />,
  ol: (props) => <ol {...attributes(props)} dir="auto" />,
  li: (props) => <li {...attributes(props)} dir="auto" />,
  blockquote: (props) => <blockquote {...attributes(props)} dir="auto" />,
  hr: () => <hr />,
  strong: (props) => <strong {...attributes(props)} />,
  sub: (props) => <sub {...attributes(props)} />,
  sup: (props) => <sup {...attributes(props)} />,
  section: (props) => <section {...attributes(props)} />,
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
  img: ({ src, alt }) => <RemoteImage source={typeof src === "string" ? src : ""} description={alt ?? ""} />,
  table: (props) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-frame" tabIndex={0} aria-label={t("markdown.table")}>
      <table {...attributes(props)} />
    </section>
  ),
  thead: (props) => <thead {...attributes(props)} />,
  tbody: (props) => <tbody {...attributes(props)} />,
  tr: (props) => <tr {...attributes(props)} />,
  th: (props) => <th {...attributes(props)} dir="auto" />,
  td: (props) => <td {...attributes(props)} dir="auto" />,
  input: ({ checked }) => (
    <input
      type="checkbox"
      checked={checked}
      disabled
      aria-label={checked ? t("markdown.taskDone") : t("markdown.taskOpen")}
    />
  ),
  code: ({ children }) => <code dir="ltr">{children}</code>,
  pre: ({ node }) => {
    const code = node?.children.find((child) => child.type === "element");
    return <CodeBlock language={languageOf(code)} code={textIn(code)} />;
  },
};

type Node = NonNullable<ExtraProps["node"]>["children"][number] | undefined;

/** The library's own class names belong to a style sheet that we do not load. */
function attributes<Props extends ExtraProps & { className?: string }>({
  node: _,
  className: __,
  ...rest
}: Props) {
  return rest;
}

function languageOf(code: Node): string | null {
  if (code?.type !== "element") return null;
  const { className } = code.properties;
  const named = Array.isArray(className) ? className.map(String) : [];
  return named.find((name) => name.startsWith("language-"))?.slice("language-".length) ?? null;
}

function textIn(node: Node): string {
  if (node?.type === "text") return node.value;
  return node?.type === "element" ? node.children.map(textIn).join("") : "";
}
