/**
 * How large the heap of a process of the application may become: near what V8 would choose under the memory limit that the units and
 * containers set, with twice the room for young objects, of which masses of messages make many. Without any limit V8 takes that of a
 * large machine, and leaves garbage lying for as long.
 */
export const heapLimits = '--max-semi-space-size=32 --max-old-space-size=512';
