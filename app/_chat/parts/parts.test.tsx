import type { DynamicToolUIPart } from "ai";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { calls } from "@/lib/streaming/testing/every-part";
import { extensionOf, fileAddressOf } from "./file-address";
import { FileView } from "./file-view";
import PartView from "./part-view";
import Sources from "./sources";
import { ToolCall } from "./tool-call";

const call = { type: "dynamic-tool", toolCallId: "c", toolName: "search", input: { q: "<b>" } } as const;
const asking: DynamicToolUIPart = { ...call, state: "approval-requested", approval: { id: "a" } };

const states: [string, DynamicToolUIPart][] = [
  ["Preparing", { ...call, state: "input-streaming" }],
  ["Running", { ...call, state: "input-available" }],
  ["Waiting for your approval", asking],
  ["Allowed", { ...call, state: "approval-responded", approval: { id: "a", approved: true } }],
  ["Denied", { ...call, state: "approval-responded", approval: { id: "a", approved: false } }],
  ["Running", { ...call, state: "output-available", output: 1, preliminary: true }],
  ["Done", { ...call, state: "output-available", output: 1 }],
  ["Failed", { ...call, state: "output-error", errorText: "No" }],
  ["Denied", { ...call, state: "output-denied", approval: { id: "a", approved: false } }],
];

test.each(states)("a call tells in words that it is: %s", (words, part) => {
  const html = renderToStaticMarkup(<ToolCall part={part} isLive />);
  expect(html).toContain("search");
  expect(html).toContain(`${words}</span>`);
});

test("nothing goes on in an answer that has ended", () => {
  for (const [, part] of states) {
    const html = renderToStaticMarkup(<ToolCall part={part} isLive={false} />);
    expect(html).not.toMatch(/animate-breathe|Preparing|Running/);
  }
});

test.each(["no_such_tool", "unreadable_input", "cut_off"])(
  "a call that was not run (%s) has not failed",
  (notRun) => {
    const resultProviderMetadata = { parley: { notRun } };
    const part: DynamicToolUIPart = {
      ...call,
      state: "output-error",
      errorText: "x",
      resultProviderMetadata,
    };
    const html = renderToStaticMarkup(<ToolCall part={part} isLive={false} />);
    expect(html).toContain("Not run");
    expect(html).not.toContain("Failed");
  },
);

test("a call that waits for approval shows what it would do, and asks whoever can answer", () => {
  const seen = renderToStaticMarkup(<ToolCall part={asking} isLive={false} />);
  expect(seen).toContain("&quot;q&quot;: &quot;&lt;b&gt;&quot;");
  expect(seen).not.toContain("Allow");
  const asked = renderToStaticMarkup(<ToolCall part={asking} isLive={false} onApproval={() => {}} />);
  expect(asked).toMatch(/<button[^>]*>Deny<.*<button[^>]*>Allow</);
  for (const [, part] of states.filter(([, { state }]) => state !== "approval-requested"))
    expect(renderToStaticMarkup(<ToolCall part={part} isLive onApproval={() => {}} />)).not.toContain(
      ">Allow<",
    );
});

test("a call of a tool that was known, and one without a name, are shown alike", () => {
  const known = renderToStaticMarkup(
    <ToolCall
      part={{ type: "tool-get-weather", toolCallId: "c", state: "input-available", input: {} }}
      isLive
    />,
  );
  expect(known).toContain(">get-weather<");
  const nameless = renderToStaticMarkup(<ToolCall part={{ ...asking, toolName: "" }} isLive />);
  expect(nameless).toContain("Tool call: without a name");
});

test("every stored call can be drawn, live or not", () => {
  for (const part of calls) {
    const json = JSON.parse(JSON.stringify(part));
    for (const isLive of [true, false])
      expect(renderToStaticMarkup(<PartView part={json} isLive={isLive} />)).toContain("<details");
  }
});

test("an image that is here is shown with words for who cannot see it, and nothing is fetched from elsewhere", () => {
  const here = draw("data:image/png;base64,AAAA");
  expect(here).toMatch(/<img[^>]* alt="Image made by the model"/);
  expect(draw("/api/files/1")).toContain("<img");
  const elsewhere = draw("https://example.com/a.png");
  expect(elsewhere).not.toContain("<img");
  expect(elsewhere).toMatch(
    /<a href="https:\/\/example.com\/a.png" target="_blank" rel="noopener noreferrer nofollow"/,
  );
});

test.each([
  "javascript:alert(1)",
  "//example.com/a.png",
  "/\\example.com/a.png",
  "ftp://example.com/a.png",
  "a.png",
  "",
])("a file at %j is named and leads nowhere", (url) => {
  expect(draw(url)).not.toMatch(/<img|<a /);
});

test.each(["image/svg+xml", "text/html", "application/pdf"])(
  "a file of type %s is saved, and never opened here",
  (type) => {
    const html = draw(`data:${type};base64,AAAA`, type);
    expect(html).not.toContain("<img");
    expect(html).toMatch(/<a href="data:[^"]*" download="file/);
  },
);

test("a file is named with its kind and its size", () => {
  expect(fileAddressOf(`data:application/pdf;base64,${Buffer.alloc(1234).toString("base64")}`)).toMatchObject(
    { bytes: 1234 },
  );
  expect(
    ["image/jpeg", "application/pdf", "text/html", "application/vnd.oasis.opendocument.text", "x"].map(
      extensionOf,
    ),
  ).toEqual(["jpg", "pdf", "html", "", ""]);
  const file = {
    type: "file",
    mediaType: "application/pdf",
    filename: "<Plan>.pdf",
    url: "data:application/pdf;base64,AAAA",
  } as const;
  const html = renderToStaticMarkup(<FileView file={file} isQuestion />);
  expect(html).toContain("&lt;Plan&gt;.pdf");
  expect(html).toContain("PDF · 3 bytes");
});

test("sources are numbered links that open safely, and those that lead nowhere are words", () => {
  const html = renderToStaticMarkup(
    <Sources
      sources={[
        { type: "source-url", sourceId: "1", url: "https://www.example.com/a", title: "Ex<am>ple" },
        { type: "source-url", sourceId: "2", url: "javascript:alert(1)", title: "Bad" },
        {
          type: "source-document",
          sourceId: "3",
          mediaType: "application/pdf",
          title: "Paper",
          filename: "p.pdf",
        },
      ]}
    />,
  );
  expect(html.match(/<a /g)).toHaveLength(1);
  expect(html).toMatch(
    /<a href="https:\/\/www.example.com\/a" target="_blank" rel="noopener noreferrer nofollow"/,
  );
  expect(html).toContain("Ex&lt;am&gt;ple");
  expect(html).toContain("example.com</span>");
  expect(html).not.toContain("javascript:");
  expect(html).not.toContain("<img");
});

test("a kind from a later version is not shown", () => {
  expect(renderToStaticMarkup(<PartView part={{ type: "data-hologram", data: {} }} isLive={false} />)).toBe(
    "",
  );
});

function draw(url: string, mediaType = "image/png"): string {
  return renderToStaticMarkup(<FileView file={{ type: "file", mediaType, url }} isQuestion={false} />);
}
