in vec4 now_, then_; in vec3 U; in float far; out vec4 o; // displacement in pictures, depth then; 1: drawn
uniform bool leaves;
void main() {
  if (leaves && holes(U, far) < 0.) discard;
  vec2 d = (then_.xy / then_.w - now_.xy / now_.w) * vec2(.5, -.5);
  o = vec4(d, then_.w, now_.w);
}
