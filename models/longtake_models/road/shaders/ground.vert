in vec3 place, normal;
in vec2 road; // lateral and along, metres
uniform mat4 project;
out vec3 P, N; out vec2 R;
void main() { P = place; N = normal; R = road; gl_Position = project * vec4(place, 1.); }
