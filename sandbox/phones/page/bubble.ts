import { nameOf, pictureUrl, type Text } from "./carrier-client.ts";
import { button, element } from "./element.ts";
import { timeOf } from "./time.ts";

/** One text in a thread. Others' texts can be liked, the way phones do it: as a text of its own. */
export function bubble(text: Text, showAuthor: boolean, like: () => void): HTMLElement {
  const author = text.mine ? "You" : nameOf(text.from);
  const body = element("p", { className: "words", textContent: text.text, dir: "auto" });
  const time = element("time", {
    dateTime: text.at,
    textContent: timeOf(text.at),
    title: new Date(text.at).toString(),
  });
  const foot = element("div", { className: "foot" }, time);
  if (!text.mine) foot.append(likeButton(text, like));
  const row = element("div", { className: text.mine ? "text mine" : "text" });
  if (showAuthor && !text.mine) row.append(element("span", { className: "author", textContent: author, dir: "auto" }));
  else row.append(element("span", { className: "unseen", textContent: `${author}: ` }));
  row.append(...text.pictures.map((picture) => pictureOf(picture, author)));
  if (text.text !== "") row.append(body);
  row.append(foot);
  return row;
}

function likeButton(text: Text, like: () => void): HTMLButtonElement {
  const made = button("♡", "like", like);
  made.title = "Like";
  made.setAttribute("aria-label", `Like: ${text.text === "" ? "picture" : text.text}`);
  return made;
}

function pictureOf(picture: Text["pictures"][number], author: string): HTMLElement {
  const url = pictureUrl(picture.id);
  if (!picture.contentType.startsWith("image/")) {
    return element("a", { className: "file", href: url, download: "", textContent: `File (${picture.contentType})` });
  }
  return element("img", { src: url, alt: `Picture from ${author}`, className: "picture" });
}
