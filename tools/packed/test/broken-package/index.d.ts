export { answer } from './answer'
