import { expect, test } from "vitest";
import { checkRedirectUris, RedirectUriRefusedError } from "./client.ts";

test.each([
  "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/",
  "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/signed-in",
  "https://0123456789abcdef0123456789abcdef01234567.extensions.allizom.org/",
])("%s can be the extension's address", (uri) => {
  expect(() => checkRedirectUris([uri])).not.toThrow();
});

test.each([
  "",
  "https://evil.example/",
  "http://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/",
  "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org",
  "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org.evil.example/",
  "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/?next=x",
  "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/ https://evil.example/",
  "https://short.chromiumapp.org/",
  "https://chromiumapp.org/",
  "https://extensions.allizom.org/",
  "http://127.0.0.1/",
])("%s cannot be the extension's address", (uri) => {
  expect(() => checkRedirectUris([uri])).toThrow(RedirectUriRefusedError);
});
