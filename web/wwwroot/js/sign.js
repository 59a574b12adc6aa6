function e(t){}export{e as start};
