import "zod/mini";
