in vec3 P, N; in float M; out vec4 o;
uniform float presence;
void main() {
  vec3 n = normalize(N); float dist = length(P - eye);
  vec3 c = M < .5 ? vec3(.20, .21, .215) : M < 1.5 ? vec3(.72) : M < 2.5 ? vec3(.02) : M < 3.5 ? vec3(.55, .50, .42) : vec3(.6);
  c *= sunlight * max(dot(n, sun), 0.) * sunny(P + n * .05) + ambient * (.6 + .4 * n.y) + lamplight(P, n) * 1.6;
  if (M > 2.5 && M < 3.5) c += beam * vec3(1., .85, .6) * 2.2 * exp(-dist * .02);       // throws the headlamps back
  if (M > 3.5) c += vec3(1., .80, .50) * 5. * smoothstep(.2, .5, night);
  o = developed(misty(c, dist), presence);
}
