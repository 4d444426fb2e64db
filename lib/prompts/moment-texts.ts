/**
 * The placeholders that tell when it is: `{{date}}`, `{{weekday}}`, `{{isodate}}`, and `{{time}}`, `{{isotime}}`.
 * Those of the day leave a prompt the same until midnight; those of the minute end what a provider has cached, and
 * belong into the text that goes before the newest question.
 */
export function momentTexts(now: Date, timeZone: string | null): Record<string, string> {
  const { day, weekday, time, parts } = formatsFor(timeZone ?? "UTC");
  const of = new Map(parts.formatToParts(now).map(({ type, value }) => [type, value]));
  return {
    date: day.format(now),
    weekday: weekday.format(now),
    // ICU parts "10:52" and "PM" by a narrow space that models seldom see.
    time: time.format(now).replace(/\u202f/g, " "),
    isodate: `${of.get("year")}-${of.get("month")}-${of.get("day")}`,
    isotime: `${of.get("hour")}:${of.get("minute")}`,
  };
}

export function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch {
    // The only way to ask.
    return false;
  }
}

type Formats = ReturnType<typeof createFormats>;

// To make one takes longer than the rest of the prompt; there are some 400 zones.
const formats = new Map<string, Formats>();

function formatsFor(timeZone: string): Formats {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = createFormats(isTimeZone(timeZone) ? timeZone : "UTC");
  formats.set(timeZone, made);
  return made;
}

function createFormats(timeZone: string) {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-US", { ...options, timeZone });
  return {
    day: format({ dateStyle: "long" }),
    weekday: format({ weekday: "long" }),
    time: format({ timeStyle: "short" }),
    parts: format({
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }),
  };
}
