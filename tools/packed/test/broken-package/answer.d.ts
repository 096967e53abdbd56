export const answer: number
