in vec3 O, ON, P, N; out vec4 o;
uniform vec3 wall, bounds; uniform float presence, number;
float step_(float a, float b, float px) { return smoothstep(-px, px, b - a); }
void main() {
  vec3 n = normalize(N); float dist = length(P - eye), px = max(.01, dist / focal * .6), near = exp(-dist * .02);
  float along = abs(ON.x) > .7 ? O.z : O.x, up = O.y;
  vec3 c, shine = vec3(0.);
  if (up > bounds.y + .01 || ON.y > .25) {
    float tile = cloudy(vec2(O.x * 4., O.z * .8));
    c = (wall.b > .3 ? vec3(.11, .11, .12) : vec3(.21, .09, .065)) * (.7 + .6 * mix(.47, tile, near));
    if (abs(ON.y) < .2) c = wall * .7;
  } else {
    c = wall * (.82 + .3 * cloudy(vec2(along, up) * 1.3 + seed));
    if (wall.r > wall.g * 1.5) c *= 1. + .35 * near * (hash(floor(vec2(along * 4. + .5 * step(1., mod(up * 13., 2.)), up * 13.))) - .5);
    c *= 1. - .3 * smoothstep(1., 0., up);
    vec2 cell = vec2(along / 2.6, up / 2.8), g = abs(fract(cell) - .5) * vec2(2.6, 2.8);
    float frame = step_(g.x, .62, px) * step_(g.y, .82, px), pane = step_(g.x, .54, px) * step_(g.y, .74, px) * step_(.04, g.x, px);
    float id = hash(floor(cell) + number), on = step(.55, id) * smoothstep(.1, .6, night);
    c = mix(c, vec3(.55), frame);
    vec3 inside = mix(vec3(.02, .025, .03), vec3(.28, .27, .25), step(.62, hash(floor(cell) + number + 9.)) * .5);
    c = mix(c, inside, pane);
    shine = pane * (on * vec3(1.1, .72, .34) * .8 + .2 * around(reflect(normalize(P - eye), n)));
  }
  c *= sunlight * max(dot(n, sun), 0.) * sunny(P + n * .2) + ambient * (.6 + .4 * n.y) + lamplight(P, n) * 1.4;
  o = developed(misty(c + shine, dist), presence);
}
