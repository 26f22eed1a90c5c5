/** Steps that every forecast covers. */
export const HORIZON = 60;
/** Points that a forecast is made from. */
export const CONTEXT = 512;
/** How many of the latest values are judged, and left out of the forecast that they are judged by. */
export const JUDGED_STEPS = 5;
