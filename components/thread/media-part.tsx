import type { Media } from "@partyline/contract/message";
import { FileText } from "lucide-preact";
import { t } from "../../utils/text.ts";

/** An attachment: images where they stand, anything else as a chip that opens it. */
export function MediaPart({ media }: { media: Media }) {
  const isImage = media.type?.startsWith("image/") === true;
  return (
    <a class="bubble-media" href={media.url} target="_blank" rel="noreferrer noopener">
      {isImage ? (
        <img src={media.url} alt={t("media_image")} loading="lazy" referrerpolicy="no-referrer" />
      ) : (
        <>
          <FileText size={16} aria-hidden="true" />
          <bdi class="ellipsis">{fileName(media)}</bdi>
        </>
      )}
    </a>
  );
}

/** The last part of the address where it looks like a file's name; else what kind of file it is. */
function fileName({ url, type }: Media): string {
  const name = decodeURIComponent(url.split(/[?#]/)[0]?.split("/").at(-1) ?? "");
  return /\.\w{2,5}$/.test(name) ? name : t("media_file", { type: type ?? "?" });
}
