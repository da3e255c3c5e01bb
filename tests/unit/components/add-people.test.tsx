// @vitest-environment happy-dom
import type { Contact, ContactPage } from "@partyline/contract/contact";
import { allow } from "@partyline/domain/result";
import { render } from "preact";
import { describe, expect, it, vi } from "vitest";
import { AddPeople } from "../../../components/new-group/add-people.tsx";
import { DANA, LUIS } from "../models/panel-world.ts";
import { reading } from "./draw.tsx";

const pause = (ms: number) => new Promise((resolve) => void setTimeout(resolve, ms));

const findBoth = async () => [DANA, LUIS];

function drawSearch(page: Partial<ContactPage> = {}, find: (query: string) => Promise<Contact[]> = findBoth) {
  const asked: string[] = [];
  const added: string[] = [];
  let then = () => {};
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  const search = async (query: string) => {
    asked.push(query);
    return allow({ contacts: await find(query), next: null, total: 2, ...page });
  };
  render(
    <AddPeople
      search={search}
      known={new Set()}
      startsHere={false}
      onAdd={({ name }) => {
        added.push(name);
        then();
      }}
    />,
    root,
  );
  const input = root.querySelector("input")!;
  input.focus();
  input.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
  /** As a browser does: the letter is in the field before anybody hears of it, and nobody waits for a drawing. */
  const type = (letter: string) => {
    input.value += letter;
    input.dispatchEvent(new InputEvent("input", { bubbles: true, data: letter }));
  };
  const whenAdded = (act: () => void) => {
    then = act;
  };
  return { asked, added, whenAdded, input, type, root, ...reading(root) };
}

describe("the search for people", () => {
  it("keeps every letter, however fast they come", async () => {
    const { input, type, asked } = drawSearch();
    const text = "christopher montgomery-vanderbilt of oak street";
    for (const [place, letter] of text.split("").entries()) {
      type(letter);
      // Between the drawing, and what happens after it, of the letters before.
      if (place % 3 === 0) await pause(place % 7);
      else if (place % 3 === 1) await Promise.resolve();
    }
    expect(input.value).toBe(text);
    await vi.waitFor(() => expect(asked).toEqual([text]));
    expect(input.value).toBe(text);
  });

  it("is empty again once somebody was chosen", async () => {
    const { input, type, added, root, press } = drawSearch();
    for (const letter of "dan") type(letter);
    await vi.waitFor(() => expect(root.querySelectorAll("[role=option]")).toHaveLength(2));
    await press("ArrowDown", input);
    await press("Enter", input);
    await vi.waitFor(() => expect(added).toHaveLength(1));
    await vi.waitFor(() => expect(input.value).toBe(""));
    for (const letter of "lu") type(letter);
    await pause(50);
    expect(input.value).toBe("lu");
  });

  it("takes the next name from its first letter, however soon after a choice it comes", async () => {
    const { input, type, added, root, press, whenAdded } = drawSearch();
    for (const letter of "dan") type(letter);
    await vi.waitFor(() => expect(root.querySelectorAll("[role=option]")).toHaveLength(2));
    whenAdded(() => void Promise.resolve().then(() => type("l")));
    await press("ArrowDown", input);
    await press("Enter", input);
    await vi.waitFor(() => expect(added).toHaveLength(1));
    await pause(50);
    expect(input.value).toBe("l");
  });

  it("chooses nobody of an earlier list while it looks for what is typed now", async () => {
    const answers = new Map<string, PromiseWithResolvers<void>>();
    const { input, type, added, root, press, asked } = drawSearch({}, async (query) => {
      answers.set(query, Promise.withResolvers());
      await answers.get(query)!.promise;
      return query === "d" ? [DANA] : [LUIS];
    });
    const shown = () => [...root.querySelectorAll("[role=option] bdi")].map((name) => name.textContent);
    type("d");
    await vi.waitFor(() => expect(asked).toEqual(["d"]));
    answers.get("d")!.resolve();
    await vi.waitFor(() => expect(shown()).toEqual(["Dana Wu"]));
    type("x");
    // Before anybody drew the letter, before anybody asked for it, and before the answer.
    await press("Enter", input);
    await pause(20);
    await press("Enter", input);
    await vi.waitFor(() => expect(asked).toEqual(["d", "dx"]));
    await press("Enter", input);
    await pause(20);
    expect([added, input.value, shown()]).toEqual([[], "dx", ["Dana Wu"]]);
    answers.get("dx")!.resolve();
    await vi.waitFor(() => expect(shown()).toEqual(["Luis Ortega"]));
    await press("ArrowDown", input);
    await press("Enter", input);
    await vi.waitFor(() => expect(added).toEqual(["Luis Ortega"]));
  });

  it("says that there are more than it shows, to those who see and to those who listen", async () => {
    const { type, root } = drawSearch({ next: "2", total: 1342 });
    type("d");
    const said = "2 of 1,342 shown: type more to narrow it down";
    await vi.waitFor(() => expect(root.querySelector("[role=status]")?.textContent).toBe(said));
    expect(root.querySelector("[role=listbox]")?.textContent).toContain(said);
  });

  it("says nothing of more where it shows everybody", async () => {
    const { type, root } = drawSearch();
    type("d");
    await vi.waitFor(() => expect(root.querySelectorAll("[role=option]")).toHaveLength(2));
    expect(root.querySelector("[role=status]")?.textContent).toBe("");
  });

  it.each([
    ["dana", "(415) 555-0142"],
    ["555-0199", "(415) 555-0199"],
    ["+1 415 555 01", "(415) 555-0142"],
  ])("found by %j shows the phone %s", async (query, shown) => {
    const also = { number: "415.555.0199", label: "work", primary: false };
    const { type, root } = drawSearch({ contacts: [{ ...DANA, phones: [...DANA.phones, also] }] });
    for (const letter of query) type(letter);
    await vi.waitFor(() => expect(root.querySelector("[role=option] .number")?.textContent).toBe(shown));
  });
});
