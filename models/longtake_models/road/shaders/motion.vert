// The same point at two moments.
in vec3 place, leaf;
uniform mat4 project, model, later, moved; // now, and then
uniform vec3 foot;
out vec4 now_, then_; out vec3 U; out float far;
void main() {
  vec4 w = model * vec4(place, 1.);
  gl_Position = project * w; now_ = gl_Position; then_ = later * moved * vec4(place, 1.);
  U = leaf; far = length(w.xyz - foot);
}
