/** In the state folder of `vision`. */
export const EVIDENCE = 'evidence';
