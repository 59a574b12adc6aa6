// data-module="sign": signing with the EDS through NCALayer on this computer.
export function start (element) {
}
