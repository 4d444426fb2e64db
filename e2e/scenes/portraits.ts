import type { Page } from "@playwright/test";

/** A picture for a character, as PNG. */
export async function drawPortrait(page: Page, portrait: keyof typeof portraits): Promise<Buffer> {
  const sheet = await page.context().newPage();
  try {
    await sheet.setViewportSize({ width: 400, height: 500 });
    await sheet.setContent(
      `<meta name="viewport" content="width=device-width"><body style="margin:0"><svg xmlns="http://www.w3.org/2000/svg" width="400" height="500">${portraits[portrait]}</svg>`,
    );
    return await sheet.screenshot();
  } finally {
    await sheet.close();
  }
}

const portraits = {
  fox: `<rect width="400" height="500" fill="#f3d9c1"/><circle cx="200" cy="190" r="150" fill="#f9ead9"/>
    <path d="M92 96 L150 190 L250 190 L308 96 L322 250 L200 372 L78 250Z" fill="#c8622f"/>
    <path d="M104 124 L142 186 L112 200Z M296 124 L258 186 L288 200Z" fill="#4a2a1d"/>
    <path d="M78 250 L200 372 L322 250 L262 244 L200 300 L138 244Z" fill="#fbf1e6"/>
    <circle cx="152" cy="236" r="9" fill="#2b1a13"/><circle cx="248" cy="236" r="9" fill="#2b1a13"/>
    <path d="M182 348 L218 348 L200 372Z" fill="#2b1a13"/>
    <path d="M60 500 Q90 372 200 392 Q310 372 340 500Z" fill="#2f5d5a"/><path d="M150 394 L200 460 L250 394 L200 384Z" fill="#f4efe6"/>`,
  biologist: `<rect width="400" height="500" fill="#cfe4e8"/><path d="M0 250 Q100 220 200 250 T400 250 V500 H0Z" fill="#8fbcc6"/>
    <path d="M0 300 Q100 270 200 300 T400 300 V500 H0Z" fill="#5f99a8"/>
    <path d="M70 500 Q80 366 200 356 Q320 366 330 500Z" fill="#e0b23c"/><path d="M164 356 L200 420 L236 356Z" fill="#f2d27c"/>
    <path d="M110 210 Q104 84 200 80 Q296 84 290 210 Q296 300 262 330 L138 330 Q104 300 110 210Z" fill="#d9dcdb"/>
    <ellipse cx="200" cy="222" rx="72" ry="88" fill="#e7b99a"/><path d="M128 190 Q160 120 200 132 Q250 122 272 190 Q230 160 200 164 Q160 164 128 190Z" fill="#c4c9c9"/>
    <g fill="none" stroke="#2d3b40" stroke-width="7"><circle cx="168" cy="224" r="25"/><circle cx="232" cy="224" r="25"/><path d="M193 224 H207"/></g>
    <path d="M176 272 Q200 288 224 272" fill="none" stroke="#8f5a45" stroke-width="6" stroke-linecap="round"/>`,
  lighthouse: `<rect width="400" height="500" fill="#1d2f47"/><circle cx="316" cy="90" r="34" fill="#f1e3b4"/>
    <g fill="#dfe6ee"><circle cx="60" cy="70" r="3"/><circle cx="130" cy="40" r="2"/><circle cx="96" cy="150" r="2"/><circle cx="360" cy="190" r="3"/><circle cx="250" cy="50" r="2"/></g>
    <path d="M200 152 L0 92 V212Z" fill="#f5d778" opacity=".35"/><path d="M200 152 L400 110 V200Z" fill="#f5d778" opacity=".35"/>
    <path d="M168 180 H232 L252 430 H148Z" fill="#f4f0e8"/><path d="M163 240 H237 L242 300 H158Z M153 360 H247 L252 430 H148Z" fill="#c24b3f"/>
    <rect x="172" y="128" width="56" height="52" rx="4" fill="#f7dc83"/><path d="M164 128 L200 92 L236 128Z M160 176 H240 V188 H160Z" fill="#c24b3f"/>
    <path d="M0 440 Q80 400 170 424 Q260 400 400 436 V500 H0Z" fill="#0f1c2d"/><path d="M0 470 Q100 452 200 470 T400 470 V500 H0Z" fill="#2f5675"/>`,
  teacher: `<rect width="400" height="500" fill="#2f4a3f"/><g stroke="#dfe9df" stroke-width="5" fill="none" stroke-linecap="round" opacity=".75"><path d="M40 80 L130 80 L130 30Z"/><path d="M290 44 H360 M290 66 H340 M290 88 H354"/><circle cx="330" cy="160" r="26"/><path d="M50 160 Q70 120 90 160 T130 160"/></g>
    <path d="M64 500 Q76 372 200 362 Q324 372 336 500Z" fill="#7a4a58"/><path d="M162 362 L200 404 L238 362 L218 500 H182Z" fill="#f3ece0"/><path d="M190 400 H210 L218 500 H182Z" fill="#d39a3a"/>
    <path d="M172 320 H228 V372 Q200 396 172 372Z" fill="#6d4330"/><ellipse cx="200" cy="238" rx="78" ry="96" fill="#7d4e38"/>
    <path d="M122 220 Q112 124 200 122 Q288 124 278 220 Q262 168 200 166 Q138 168 122 220Z" fill="#1f1815"/><path d="M140 290 Q200 352 260 290 Q250 342 200 346 Q150 342 140 290Z" fill="#2a201b"/>
    <circle cx="170" cy="236" r="8" fill="#1b120e"/><circle cx="230" cy="236" r="8" fill="#1b120e"/><path d="M176 294 Q200 308 224 294" fill="none" stroke="#f1dccb" stroke-width="6" stroke-linecap="round"/>`,
};
