/** Everything that needs the library that draws: it is fetched when somebody opens a chart, and not before. */
export { drawRows } from "./rows";
export { drawWeeks } from "./weeks";
export { drawTiles } from "./tiles";
