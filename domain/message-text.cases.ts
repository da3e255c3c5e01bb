import type { TextRefusal } from "./message-text.ts";

export interface TextCase {
  title: string;
  text: string;
  refusal: TextRefusal | null;
}

export const textCases: TextCase[] = [
  { title: "a sentence can be sent", text: "Documents are ready", refusal: null },
  { title: "spaces around a text stay", text: "  indented\n", refusal: null },
  { title: "1,600 characters can be sent", text: "x".repeat(1600), refusal: null },
  {
    title: "1,601 characters cannot",
    text: "x".repeat(1601),
    refusal: { reason: "text_too_long", length: 1601, max: 1600 },
  },
  { title: "1,600 emoji can be sent, each counting once", text: "🏡".repeat(1600), refusal: null },
  {
    title: "1,601 emoji cannot",
    text: "🏡".repeat(1601),
    refusal: { reason: "text_too_long", length: 1601, max: 1600 },
  },
  { title: "an empty text cannot be sent", text: "", refusal: { reason: "empty_message" } },
  { title: "spaces alone cannot be sent", text: " \n\t\u00a0", refusal: { reason: "empty_message" } },
];
