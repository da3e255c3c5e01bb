/** Rule R1: how many people a group has. The business number is not counted. */
export const MIN_PARTICIPANTS = 2;
export const MAX_PARTICIPANTS = 9;
