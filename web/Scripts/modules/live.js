// data-module="live": notifications as they come.
export function start (element) {
}
