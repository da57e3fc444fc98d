in vec3 U, C; in float far; out vec4 o;
uniform float presence;
void main() {
  float k = holes(U, far);
  if (k < 0.) discard;
  o = developed(misty(C * mix(k, 1., .35), far), presence);
}
