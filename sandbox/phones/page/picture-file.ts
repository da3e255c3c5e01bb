export interface OutgoingPicture {
  contentType: string;
  base64: string;
}

/** A chosen file as the network takes it. */
export function readPicture(file: File): Promise<OutgoingPicture> {
  const { promise, resolve, reject } = Promise.withResolvers<OutgoingPicture>();
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    const base64 = typeof reader.result === "string" ? (reader.result.split(",", 2)[1] ?? "") : "";
    resolve({ contentType: file.type === "" ? "application/octet-stream" : file.type, base64 });
  });
  reader.addEventListener("error", () => reject(new Error("The file cannot be read.")));
  reader.readAsDataURL(file);
  return promise;
}
