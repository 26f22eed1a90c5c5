/* The shape of what is answered is documented at eventBody() in eventBody.ts. */
export {};
