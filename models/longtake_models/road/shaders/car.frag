// What light makes of the skin of a car; body.frag and wheels.frag say what the skin is, by place (x across, y up, z ahead from the rear bumper).
in vec3 O, ON, P, N; out vec4 o;
uniform vec3 paint; uniform float metal, presence, lamp, number, spokes, rear, face;
uniform vec4 dim;          // length, width, height, belt
uniform vec4 pane, screen; // rear pane and windscreen: z, y, z, y
uniform vec4 wheel;        // z of the rear axle, z of the front axle, radius
uniform bool panelled, yellow;

float s; // half a pixel on the car, metres
float within(vec2 p, vec2 a, vec2 b) { vec2 e = max(a - p, p - b); return smoothstep(s, -s, max(e.x, e.y)); }
float band(float x, float a, float b) { return smoothstep(s, -s, max(a - x, x - b)); }
float disc(vec2 p, float r) { return smoothstep(r + s, r - s, length(p)); }

struct Skin { vec3 colour, shine; float gloss, rough, mirror, open, lacquer, glass; };

void cover(inout Skin k, float metres);

void main() {
  vec3 n = normalize(N), V = eye - P; float metres = length(V); V /= metres;
  s = max(.006, metres / focal * .7);
  Skin k = Skin(paint, vec3(0.), .045, 90., 1., 1., 1., 0.);
  cover(k, metres);
  float sh = sunny(P + n * .03);
  vec3 bounce = vec3(.10) * (.5 - .5 * n.y) * (ambient + sunlight * .5);
  vec3 c = k.colour * (sunlight * max(dot(n, sun), 0.) * sh * (k.glass > .5 ? .3 : 1.) + (ambient * (.55 + .45 * n.y) + bounce) * k.open);
  vec3 r = reflect(-V, n);
  float base = k.glass > .5 ? .09 : .04, fresnel = base + (1. - base) * pow(1. - max(dot(n, V), 0.), 5.), much = fresnel * k.mirror * max(k.lacquer, .12);
  c = c * (1. - much * .8) + around(r) * mix(.35, 1., smoothstep(.2, .8, O.y)) * much * 1.15;
  if (k.lacquer > .5 && k.glass < .5) c += metal * k.colour * around(normalize(r + n * .8)) * .55 * k.open;
  float hn = max(dot(n, normalize(sun + V)), 0.);
  c += sunlight * sh * (k.gloss * pow(hn, k.rough) * k.rough * .14 * (k.lacquer * .9 + .1) + metal * k.colour * .25 * pow(hn, 9.) * step(k.glass, .5));
  c += k.colour * lamplight(P, n) * mix(1., .35, k.glass) * k.open + k.lacquer * .04 * lamplight(P, vec3(0., 1., 0.)) * max(n.y, 0.);
  // Lamps shine through haze farther than paint.
  o = developed(misty(c, metres) + k.shine * exp(-metres * thick * .6), presence);
}
