import { createDirectoryClient, type DirectoryAddress } from "./directory-client.ts";
import { samplePeople } from "./people.ts";

/** Fills an empty directory with the sample people and answers how many; one with anybody in it keeps its edits. */
export async function seedDirectory(address: DirectoryAddress): Promise<number> {
  const directory = createDirectoryClient(address);
  if ((await directory.countContacts()) > 0) return 0;
  const people = samplePeople();
  await directory.importContacts(people);
  return people.length;
}
