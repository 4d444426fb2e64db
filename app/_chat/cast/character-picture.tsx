import { classNames } from "@/app/_ui/class-names";

interface CharacterPictureProps {
  character: { id: string; name: string; avatarId: string | null };
  className?: string;
}

/** Its picture, or its first letter; either says nothing that its name beside it does not. */
export function CharacterPicture({ character: { id, name, avatarId }, className }: CharacterPictureProps) {
  if (avatarId === null) {
    return (
      <span
        aria-hidden
        className={classNames(
          "@container-[size] grid place-items-center overflow-hidden bg-accent-soft font-display text-accent select-none",
          className,
        )}
      >
        <span className="text-[min(45cqw,45cqh)] leading-none">{Array.from(name.trim())[0] ?? ""}</span>
      </span>
    );
  }
  return (
    // biome-ignore lint/performance/noImgElement: the picture is the person's own, and drawn as it is
    <img
      src={`/api/characters/${id}/avatar/${avatarId}`}
      alt=""
      loading="lazy"
      decoding="async"
      draggable={false}
      className={classNames("bg-sunken object-cover object-top", className)}
    />
  );
}
