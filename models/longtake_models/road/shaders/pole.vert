in vec3 place, normal; in float made;
uniform mat4 project, model;
out vec3 P, N; out float M;
void main() { vec4 w = model * vec4(place, 1.); P = w.xyz; N = mat3(model) * normal; M = made; gl_Position = project * w; }
