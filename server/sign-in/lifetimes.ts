/** How long things last, in seconds. */
export interface Lifetimes {
  /** An access token cannot be taken back by those who only check its signature, so it is short. */
  accessToken: number;
  /** Counted anew at each refresh: how long an unused browser stays signed in. */
  refreshToken: number;
  /** From the password to the next password, however often the tokens were refreshed. */
  signIn: number;
  /** How long a used refresh token still gets the same answer: the browser may have died before storing the first one. */
  refreshGrace: number;
}

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

export const LIFETIMES: Lifetimes = {
  accessToken: 10 * MINUTE,
  refreshToken: 30 * DAY,
  signIn: 90 * DAY,
  refreshGrace: 30,
};
