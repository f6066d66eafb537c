// Tells the kernel whether this browser can draw the map.
function canDraw() {
  const context = document.createElement("canvas").getContext("webgl");
  if (!context) return false;
  const needed = ["OES_texture_float", "OES_element_index_uint"];
  const can = needed.every((name) => context.getExtension(name));
  // Browsers allow few contexts at a time.
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return can;
}

export default {
  render({ model }) {
    model.set("webgl", canDraw() ? "yes" : "no");
    model.save_changes();
  },
};
