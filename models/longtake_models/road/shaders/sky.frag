in vec2 q; out vec4 o;
uniform vec3 above; uniform vec3 rays; // the camera's third axis; half the picture in radians, and the horizon's shift
void main() {
  vec3 d = normalize(ahead + right * (q.x * rays.x) + above * ((q.y - rays.z) * rays.y));
  vec3 c = skyward(d);
  float a = atan(d.x, d.z), dim = mix(1., .35, night);
  // Two lines of hills, far and nearer, that haze takes as it takes all else.
  float far = .010 + .055 * cloudy(vec2(a * 6. + seed * 3., 1.)), close = -.012 + .055 * cloudy(vec2(a * 9. + seed * 5. + 8., 5.)) + .012 * cloudy(vec2(a * 40., 2.));
  vec3 green = vec3(.10, .14, .11) * ambient * 1.3;
  c = mix(c, mix(haze, green, .45 * exp(-thick * 250.)), smoothstep(far + .003, far - .003, d.y));
  c = mix(c, mix(haze, green * (.45 + .5 * cloudy(vec2(a * 60., d.y * 60.))), .75 * exp(-thick * 180.)), smoothstep(close + .002, close - .002, d.y));
  o = developed(c, 1.);
}
